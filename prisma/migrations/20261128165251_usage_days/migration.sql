-- AlterTable
ALTER TABLE "UsageLatest" ADD COLUMN     "dayDiskPeak" BIGINT,
ADD COLUMN     "dayTransferred" BIGINT NOT NULL DEFAULT 0;

-- Written by hand: what the schema language cannot say.
ALTER TABLE "UsageLatest" ADD CONSTRAINT "UsageLatest_day_amounts" CHECK ("dayDiskPeak" >= 0 AND "dayTransferred" >= 0);

-- The day that is not over yet moves to the newest figures.
UPDATE "UsageLatest" SET "dayDiskPeak" = "diskUsed";
UPDATE "UsageLatest" l SET "dayDiskPeak" = d."diskPeak", "dayTransferred" = d."transferred"
  FROM "UsageDaily" d WHERE d."serviceId" = l."serviceId" AND d."day" = l."asOf"::date;
DELETE FROM "UsageDaily" d USING "UsageLatest" l WHERE d."serviceId" = l."serviceId" AND d."day" = l."asOf"::date;
