-- Organisations that never coordinated
SELECT id
FROM organisations
WHERE key NOT IN (SELECT organisation FROM participations WHERE role = 'coordinator')
