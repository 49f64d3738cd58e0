-- Organisations in projects that one donor pays for, by a property path
SELECT id
FROM organisations
WHERE key IN (
    SELECT organisation FROM participations WHERE project IN (
        SELECT project FROM grants WHERE donor = (SELECT key FROM organisations WHERE id = $donor)
    )
)
