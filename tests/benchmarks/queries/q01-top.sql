-- Projects of the largest organisation, with titles and roles
SELECT p.id, p.title_en, t.role
FROM participations AS t
JOIN projects AS p ON p.key = t.project
WHERE t.organisation = (SELECT key FROM organisations WHERE id = $top)
