-- What recipients were awarded, by their type and country
SELECT o.type, o.seat, sum(g.awarded), count(*)
FROM grants AS g
JOIN organisations AS o ON o.key = g.recipient
WHERE g.currency = 'EUR'
GROUP BY ALL
