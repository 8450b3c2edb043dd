-- Each order writes a reason, and the database is never asked what is in one: as text it is written faster than as jsonb,
-- and reads in the order it was written in. The table is rewritten once; a million rows take some seconds.
ALTER TABLE "Placement" ALTER COLUMN "reason" SET DATA TYPE JSON;
