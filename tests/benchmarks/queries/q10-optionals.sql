-- Organisations of one country with whatever is known of them
SELECT id, name, type, website, code
FROM organisations
WHERE seat = 'CZE' AND (website IS NULL OR code IS NULL)
