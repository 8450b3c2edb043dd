-- AlterTable
ALTER TABLE "Server" ADD COLUMN     "panelKey" TEXT;
