-- First projects of half a year, by start
SELECT id, begins
FROM projects
WHERE begins >= '2015-01-01' AND begins < '2015-07-01' AND precision = 10
ORDER BY begins, key
LIMIT 20
