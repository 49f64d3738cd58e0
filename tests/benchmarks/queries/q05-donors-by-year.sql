-- What each donor awarded in each year, the largest sums first
WITH sums AS (
    SELECT g.donor, year(p.begins) AS year, sum(g.awarded) AS total
    FROM grants AS g
    JOIN projects AS p ON p.key = g.project
    WHERE g.currency = 'EUR'
    GROUP BY ALL
    ORDER BY total DESC, donor, year
    LIMIT 50
)
SELECT o.id, year::VARCHAR, total FROM sums JOIN organisations AS o ON o.key = donor
