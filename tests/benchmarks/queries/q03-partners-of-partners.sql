-- How many organisations are partners of partners of the largest one
SELECT count(DISTINCT organisation)
FROM participations
WHERE project IN (
    SELECT project FROM participations WHERE organisation IN (
        SELECT organisation FROM participations WHERE project IN (
            SELECT project FROM participations
            WHERE organisation = (SELECT key FROM organisations WHERE id = $top)
        )
    )
)
