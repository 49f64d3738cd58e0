-- Partners of the largest organisation, with the number of common projects
WITH top AS (SELECT key FROM organisations WHERE id = $top),
counted AS (
    SELECT organisation, count(*) AS projects
    FROM participations
    WHERE project IN (SELECT project FROM participations WHERE organisation = (FROM top))
    AND organisation != (FROM top)
    GROUP BY organisation
)
SELECT o.id, projects FROM counted JOIN organisations AS o ON o.key = organisation
