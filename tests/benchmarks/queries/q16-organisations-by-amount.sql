-- Organisations by the sum of awards to projects in which they take part
WITH sums AS (
    SELECT t.organisation, sum(g.awarded) AS total
    FROM grants AS g
    JOIN participations AS t USING (project)
    WHERE g.currency = 'EUR'
    GROUP BY t.organisation
    ORDER BY total DESC, organisation
    LIMIT 20
)
SELECT o.id, total FROM sums JOIN organisations AS o ON o.key = organisation
