-- Number of projects for each target group in each country
SELECT target_group, country, count(*)
FROM project_groups
JOIN project_countries USING (project)
GROUP BY ALL
