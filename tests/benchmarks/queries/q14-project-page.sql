-- Everything about one project, with its participants
WITH project AS MATERIALIZED (SELECT * FROM projects WHERE id = $project)
SELECT unnest([
    ('type', 'Project'), ('wasDerivedFrom', id), ('title', title_en), ('title', title_cs),
    ('description', description_en), ('description', description_cs), ('status', status::VARCHAR),
    ('startDate', left(begins::VARCHAR, precision)), ('endDate', left(ends::VARCHAR, precision)),
    ('periodStart', begins::VARCHAR), ('periodEnd', ends::VARCHAR)
], recursive := true)
FROM project
UNION ALL
SELECT 'country', country::VARCHAR FROM project_countries WHERE project = (SELECT key FROM project)
UNION ALL
SELECT 'targetGroup', target_group::VARCHAR FROM project_groups WHERE project = (SELECT key FROM project)
UNION ALL
SELECT 'theme', theme::VARCHAR FROM project_themes WHERE project = (SELECT key FROM project)
UNION ALL
SELECT t.role::VARCHAR, o.id
FROM participations AS t
JOIN organisations AS o ON o.key = t.organisation
WHERE t.project = (SELECT key FROM project)
