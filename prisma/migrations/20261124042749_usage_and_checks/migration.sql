-- AlterTable
ALTER TABLE "Server" ADD COLUMN     "infoAt" TIMESTAMP(3),
ADD COLUMN     "missCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "nextCheckAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "UsageRun" (
    "serverId" TEXT NOT NULL,
    "runId" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "nextRunAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "durationMs" INTEGER,
    "asOf" TIMESTAMP(3),
    "accounts" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "staleSince" TIMESTAMP(3),
    "problem" TEXT,
    "errorKind" TEXT,
    "words" TEXT,

    CONSTRAINT "UsageRun_pkey" PRIMARY KEY ("serverId")
);

-- CreateTable
CREATE TABLE "UsageLatest" (
    "serviceId" TEXT NOT NULL,
    "serverId" TEXT NOT NULL,
    "diskUsed" BIGINT,
    "diskLimit" BIGINT,
    "bandwidthUsed" BIGINT,
    "bandwidthLimit" BIGINT,
    "memoryUsed" BIGINT,
    "memoryLimit" BIGINT,
    "cpuPercent" DOUBLE PRECISION,
    "asOf" TIMESTAMP(3) NOT NULL,
    "staleSince" TIMESTAMP(3),
    "diskLevel" INTEGER NOT NULL DEFAULT 0,
    "bandwidthLevel" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "UsageLatest_pkey" PRIMARY KEY ("serviceId")
);

-- CreateTable
CREATE TABLE "UsageDaily" (
    "serviceId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "diskUsed" BIGINT,
    "diskPeak" BIGINT,
    "diskLimit" BIGINT,
    "bandwidthUsed" BIGINT,
    "bandwidthLimit" BIGINT,
    "transferred" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "UsageDaily_pkey" PRIMARY KEY ("serviceId","day")
);

-- CreateIndex
CREATE INDEX "UsageRun_nextRunAt_idx" ON "UsageRun"("nextRunAt");

-- CreateIndex
CREATE INDEX "UsageLatest_serverId_idx" ON "UsageLatest"("serverId");

-- CreateIndex
CREATE INDEX "UsageLatest_diskUsed_idx" ON "UsageLatest"("diskUsed");

-- AddForeignKey
ALTER TABLE "UsageRun" ADD CONSTRAINT "UsageRun_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageLatest" ADD CONSTRAINT "UsageLatest_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageDaily" ADD CONSTRAINT "UsageDaily_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what the schema language cannot say.

ALTER TABLE "Server" ADD CONSTRAINT "Server_missCount_not_negative" CHECK ("missCount" >= 0);
ALTER TABLE "UsageRun" ADD CONSTRAINT "UsageRun_problem_known"
  CHECK ("problem" IS NULL OR "problem" IN ('failed', 'empty', 'foreign', 'fell', 'unreadable'));
-- -1 = no limit, null = not measured: an amount that is used is never below zero, whatever a panel says.
ALTER TABLE "UsageLatest" ADD CONSTRAINT "UsageLatest_amounts"
  CHECK ("diskUsed" >= 0 AND "bandwidthUsed" >= 0 AND "memoryUsed" >= 0
    AND "diskLimit" >= -1 AND "bandwidthLimit" >= -1 AND "memoryLimit" >= -1);
ALTER TABLE "UsageDaily" ADD CONSTRAINT "UsageDaily_amounts"
  CHECK ("diskUsed" >= 0 AND "diskPeak" >= 0 AND "bandwidthUsed" >= 0 AND "transferred" >= 0
    AND "diskLimit" >= -1 AND "bandwidthLimit" >= -1);
