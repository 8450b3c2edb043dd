-- AlterTable
ALTER TABLE "Server" ADD COLUMN     "insideBy" TEXT,
ADD COLUMN     "insideSince" TIMESTAMP(3),
ADD COLUMN     "stopCount" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Operation" ADD COLUMN     "insideBy" TEXT,
ADD COLUMN     "insideSince" TIMESTAMP(3);
