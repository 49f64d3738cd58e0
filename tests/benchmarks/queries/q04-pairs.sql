-- Pairs of organisations in projects of one country that began in one year
WITH chosen AS (
    SELECT project, organisation
    FROM participations
    JOIN project_countries AS c USING (project)
    JOIN projects AS p ON p.key = project
    WHERE c.country = 'CZE' AND p.begins BETWEEN '2016-01-01' AND '2016-12-31'
),
pairs AS (
    SELECT a.organisation AS first, b.organisation AS second, count(*) AS projects
    FROM chosen AS a
    JOIN chosen AS b USING (project)
    WHERE a.organisation < b.organisation
    GROUP BY first, second
    ORDER BY projects DESC, first, second
    LIMIT 50
)
SELECT f.id, s.id, projects
FROM pairs
JOIN organisations AS f ON f.key = first
JOIN organisations AS s ON s.key = second
