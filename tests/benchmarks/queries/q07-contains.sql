-- Projects with a word in their title
SELECT id, unnest([title for title in [title_en, title_cs] if contains(lower(title), 'bridges')])
FROM projects
WHERE contains(lower(title_en), 'bridges') OR contains(lower(title_cs), 'bridges')
