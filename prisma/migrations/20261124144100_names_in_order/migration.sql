-- Written by hand: lists in the order of names are in the order of people, not of bytes, where "Çelik" stands behind "Zoe"
-- and "de Vries" behind both. A PostgreSQL without ICU goes on as before. Names that must be unique keep their order of
-- bytes: an index over them must not depend on a library's version.
DO $$
DECLARE
  named text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu') THEN
    RAISE NOTICE 'This PostgreSQL has no ICU: names are in the order of their bytes';
    RETURN;
  END IF;
  FOREACH named IN ARRAY ARRAY['Customer', 'Server', 'Product', 'User', 'ApiKey'] LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN "name" TYPE text COLLATE "und-x-icu"', named);
  END LOOP;
END
$$;
