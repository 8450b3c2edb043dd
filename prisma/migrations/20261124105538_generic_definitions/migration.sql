-- AlterTable
ALTER TABLE "ServerModule" ADD COLUMN     "definitionVersion" INTEGER;

-- AlterTable
ALTER TABLE "Operation" ADD COLUMN     "definitionVersion" INTEGER;

-- CreateTable
CREATE TABLE "ModuleDefinition" (
    "moduleId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "note" TEXT,
    "createdBy" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModuleDefinition_pkey" PRIMARY KEY ("moduleId","version")
);

-- AddForeignKey
ALTER TABLE "ModuleDefinition" ADD CONSTRAINT "ModuleDefinition_moduleId_fkey" FOREIGN KEY ("moduleId") REFERENCES "ServerModule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A module without code is a row with a definition, and only such a row may be called so.
ALTER TABLE "ServerModule" ADD CONSTRAINT "ServerModule_definition_check"
  CHECK (("definitionVersion" IS NOT NULL) = ("slug" LIKE 'generic-%') AND "definitionVersion" >= 1);
ALTER TABLE "ModuleDefinition" ADD CONSTRAINT "ModuleDefinition_version_check" CHECK ("version" >= 1);
