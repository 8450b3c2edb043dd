-- Written by hand: indexes that make "contains" fast. Without them every search still works, only slower, so a
-- PostgreSQL that may not load the extension is no reason to stop.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION
  WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not available (%): searching works without its indexes', SQLERRM;
END
$$;

DO $$
DECLARE
  place text;
  wanted text[];
BEGIN
  SELECT n.nspname INTO place FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
  IF place IS NULL THEN
    RETURN;
  END IF;
  FOREACH wanted SLICE 1 IN ARRAY ARRAY[
    ['Service', 'domain'], ['Service', 'username'], ['Service', 'remoteId'],
    ['Customer', 'name'], ['Customer', 'email'], ['Customer', 'externalRef']
  ] LOOP
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (%I %I.gin_trgm_ops)',
      wanted[1] || '_' || wanted[2] || '_trigrams', wanted[1], wanted[2], place);
  END LOOP;
END
$$;

-- People read the last eight signs of an id to each other.
CREATE INDEX "Service_short_id" ON "Service" (right("id", 8));
CREATE INDEX "Operation_short_id" ON "Operation" (right("id", 8));
