-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ServerType" AS ENUM ('SHARED', 'RESELLER', 'VPS', 'DEDICATED', 'GAME');

-- CreateEnum
CREATE TYPE "ServerStatus" AS ENUM ('ACTIVE', 'OFFLINE', 'MAINTENANCE');

-- CreateEnum
CREATE TYPE "ServiceStatus" AS ENUM ('PENDING', 'ACTIVE', 'SUSPENDED', 'TERMINATED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "OperationKind" AS ENUM ('CREATE', 'SUSPEND', 'UNSUSPEND', 'TERMINATE', 'CHANGE_PASSWORD', 'CHANGE_PACKAGE', 'CUSTOM_ACTION');

-- CreateEnum
CREATE TYPE "OperationState" AS ENUM ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "UserRole" AS ENUM ('ADMIN', 'SUPPORT', 'CUSTOMER');

-- CreateEnum
CREATE TYPE "EmailState" AS ENUM ('QUEUED', 'SENT', 'FAILED');

-- CreateTable
CREATE TABLE "ServerModule" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "configSchema" JSONB NOT NULL,
    "supportsSuspend" BOOLEAN NOT NULL,
    "supportsUnsuspend" BOOLEAN NOT NULL,
    "supportsTerminate" BOOLEAN NOT NULL,
    "supportsUsage" BOOLEAN NOT NULL,
    "supportsSSO" BOOLEAN NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "displayName" TEXT,
    "note" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ServerModule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServerGroup" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fillType" TEXT NOT NULL DEFAULT 'fill',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ServerGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Server" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hostname" TEXT NOT NULL,
    "ipAddress" TEXT NOT NULL,
    "type" "ServerType" NOT NULL,
    "moduleId" TEXT NOT NULL,
    "credentials" JSONB NOT NULL,
    "maxAccounts" INTEGER,
    "status" "ServerStatus" NOT NULL DEFAULT 'ACTIVE',
    "isDisabled" BOOLEAN NOT NULL DEFAULT false,
    "lastCheckedAt" TIMESTAMP(3),
    "groupId" TEXT,
    "accountCount" INTEGER NOT NULL DEFAULT 0,
    "unknownCount" INTEGER NOT NULL DEFAULT 0,
    "assignedSeq" BIGINT NOT NULL DEFAULT 0,
    "groupPosition" INTEGER NOT NULL DEFAULT 0,
    "maxParallel" INTEGER NOT NULL DEFAULT 4,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "timeouts" JSONB,
    "ssoHosts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tlsTrust" JSONB,
    "version" TEXT,
    "heldAt" TIMESTAMP(3),
    "heldKind" TEXT,
    "heldReason" TEXT,
    "nextProbeAt" TIMESTAMP(3),
    "probeCount" INTEGER NOT NULL DEFAULT 0,
    "drainLimit" INTEGER,
    "archivedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServerCheck" (
    "id" TEXT NOT NULL,
    "serverId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ok" BOOLEAN NOT NULL,
    "kind" TEXT,
    "words" TEXT,
    "latencyMs" INTEGER NOT NULL,

    CONSTRAINT "ServerCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServerFull" (
    "serverId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "ServerFull_pkey" PRIMARY KEY ("serverId","productId")
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "moduleId" TEXT NOT NULL,
    "serverGroupId" TEXT,
    "moduleSettings" JSONB NOT NULL DEFAULT '{}',
    "configOptions" JSONB NOT NULL DEFAULT '[]',
    "requiredTags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "requiredType" "ServerType",
    "terminateAfterDays" INTEGER,
    "sendPassword" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "maxWaitHours" INTEGER NOT NULL DEFAULT 72,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" TEXT NOT NULL,
    "userId" TEXT,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "externalRef" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Service" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "serverId" TEXT,
    "domain" TEXT,
    "username" TEXT,
    "password" TEXT,
    "dedicatedIp" TEXT,
    "status" "ServiceStatus" NOT NULL DEFAULT 'PENDING',
    "configOptions" JSONB NOT NULL DEFAULT '[]',
    "nameservers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "additionalData" JSONB NOT NULL DEFAULT '{}',
    "remoteId" TEXT,
    "externalRef" TEXT,
    "wanted" JSONB,
    "suspendReason" TEXT,
    "terminateAt" TIMESTAMP(3),
    "memory" JSONB NOT NULL DEFAULT '{}',
    "activatedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Operation" (
    "id" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "kind" "OperationKind" NOT NULL,
    "state" "OperationState" NOT NULL DEFAULT 'QUEUED',
    "reason" JSONB,
    "dispatch" INTEGER NOT NULL DEFAULT 1,
    "announced" INTEGER NOT NULL DEFAULT 0,
    "announcedAt" TIMESTAMP(3),
    "runId" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "nextTryAt" TIMESTAMP(3),
    "staleAt" TIMESTAMP(3),
    "attemptCount" INTEGER NOT NULL DEFAULT 0,
    "crashCount" INTEGER NOT NULL DEFAULT 0,
    "callNumber" INTEGER NOT NULL DEFAULT 1,
    "input" JSONB NOT NULL DEFAULT '{}',
    "result" TEXT,
    "pendingRef" TEXT,
    "avoid" JSONB NOT NULL DEFAULT '[]',
    "deadlineAt" TIMESTAMP(3) NOT NULL,
    "requestedBy" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationAttempt" (
    "id" TEXT NOT NULL,
    "operationId" TEXT NOT NULL,
    "placementId" TEXT,
    "serverId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "call" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),
    "outcome" TEXT,
    "errorKind" TEXT,
    "words" TEXT,
    "request" TEXT,
    "answer" TEXT,

    CONSTRAINT "OperationAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationEvent" (
    "id" TEXT NOT NULL,
    "operationId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "OperationEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Placement" (
    "id" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "serverId" TEXT NOT NULL,
    "operationId" TEXT,
    "reason" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "releasedAt" TIMESTAMP(3),
    "releaseReason" TEXT,

    CONSTRAINT "Placement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PanelSlot" (
    "serverId" TEXT NOT NULL,
    "operationId" TEXT NOT NULL,
    "leaseUntil" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PanelSlot_pkey" PRIMARY KEY ("serverId","operationId")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "UserRole" NOT NULL,
    "passwordHash" TEXT,
    "disabledAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "address" TEXT,
    "agent" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OneTimeCode" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "userId" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OneTimeCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "SealedCheck" (
    "kid" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SealedCheck_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "inputHash" TEXT NOT NULL,
    "serviceId" TEXT,
    "operationId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Heartbeat" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "targetType" TEXT NOT NULL,
    "targetId" TEXT,
    "outcome" TEXT NOT NULL DEFAULT 'done',
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,
    "requestId" TEXT,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EmailMessage" (
    "id" TEXT NOT NULL,
    "operationId" TEXT,
    "serviceId" TEXT,
    "customerId" TEXT,
    "template" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "messageId" TEXT NOT NULL,
    "state" "EmailState" NOT NULL DEFAULT 'QUEUED',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3),
    "claimedUntil" TIMESTAMP(3),
    "lastError" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "EmailMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ServerModule_slug_key" ON "ServerModule"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "ServerGroup_name_key" ON "ServerGroup"("name");

-- CreateIndex
CREATE INDEX "Server_groupId_groupPosition_idx" ON "Server"("groupId", "groupPosition");

-- CreateIndex
CREATE INDEX "Server_moduleId_idx" ON "Server"("moduleId");

-- CreateIndex
CREATE INDEX "ServerCheck_serverId_at_idx" ON "ServerCheck"("serverId", "at");

-- CreateIndex
CREATE INDEX "Product_createdAt_id_idx" ON "Product"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_userId_key" ON "Customer"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_externalRef_key" ON "Customer"("externalRef");

-- CreateIndex
CREATE INDEX "Customer_createdAt_id_idx" ON "Customer"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Service_externalRef_key" ON "Service"("externalRef");

-- CreateIndex
CREATE INDEX "Service_createdAt_id_idx" ON "Service"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Service_customerId_createdAt_idx" ON "Service"("customerId", "createdAt");

-- CreateIndex
CREATE INDEX "Service_productId_idx" ON "Service"("productId");

-- CreateIndex
CREATE INDEX "Service_serverId_idx" ON "Service"("serverId");

-- CreateIndex
CREATE INDEX "Service_status_createdAt_idx" ON "Service"("status", "createdAt");

-- CreateIndex
CREATE INDEX "Operation_serviceId_createdAt_idx" ON "Operation"("serviceId", "createdAt");

-- CreateIndex
CREATE INDEX "Operation_state_nextTryAt_idx" ON "Operation"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "Operation_createdAt_id_idx" ON "Operation"("createdAt", "id");

-- CreateIndex
CREATE INDEX "OperationAttempt_placementId_idx" ON "OperationAttempt"("placementId");

-- CreateIndex
CREATE INDEX "OperationAttempt_serverId_sentAt_idx" ON "OperationAttempt"("serverId", "sentAt");

-- CreateIndex
CREATE UNIQUE INDEX "OperationAttempt_operationId_number_key" ON "OperationAttempt"("operationId", "number");

-- CreateIndex
CREATE INDEX "OperationEvent_operationId_at_idx" ON "OperationEvent"("operationId", "at");

-- CreateIndex
CREATE INDEX "Placement_serviceId_idx" ON "Placement"("serviceId");

-- CreateIndex
CREATE INDEX "Placement_serverId_idx" ON "Placement"("serverId");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeCode_codeHash_key" ON "OneTimeCode"("codeHash");

-- CreateIndex
CREATE UNIQUE INDEX "IdempotencyKey_actor_key_key" ON "IdempotencyKey"("actor", "key");

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");

-- CreateIndex
CREATE INDEX "AuditEntry_targetType_targetId_idx" ON "AuditEntry"("targetType", "targetId");

-- CreateIndex
CREATE UNIQUE INDEX "EmailMessage_messageId_key" ON "EmailMessage"("messageId");

-- CreateIndex
CREATE INDEX "EmailMessage_state_nextTryAt_idx" ON "EmailMessage"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "EmailMessage_createdAt_id_idx" ON "EmailMessage"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "EmailMessage_operationId_template_key" ON "EmailMessage"("operationId", "template");

-- AddForeignKey
ALTER TABLE "Server" ADD CONSTRAINT "Server_moduleId_fkey" FOREIGN KEY ("moduleId") REFERENCES "ServerModule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Server" ADD CONSTRAINT "Server_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ServerGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServerCheck" ADD CONSTRAINT "ServerCheck_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServerFull" ADD CONSTRAINT "ServerFull_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServerFull" ADD CONSTRAINT "ServerFull_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Product" ADD CONSTRAINT "Product_moduleId_fkey" FOREIGN KEY ("moduleId") REFERENCES "ServerModule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Product" ADD CONSTRAINT "Product_serverGroupId_fkey" FOREIGN KEY ("serverGroupId") REFERENCES "ServerGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Operation" ADD CONSTRAINT "Operation_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationAttempt" ADD CONSTRAINT "OperationAttempt_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationAttempt" ADD CONSTRAINT "OperationAttempt_placementId_fkey" FOREIGN KEY ("placementId") REFERENCES "Placement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationAttempt" ADD CONSTRAINT "OperationAttempt_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationEvent" ADD CONSTRAINT "OperationEvent_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Placement" ADD CONSTRAINT "Placement_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Placement" ADD CONSTRAINT "Placement_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Placement" ADD CONSTRAINT "Placement_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PanelSlot" ADD CONSTRAINT "PanelSlot_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PanelSlot" ADD CONSTRAINT "PanelSlot_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OneTimeCode" ADD CONSTRAINT "OneTimeCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmailMessage" ADD CONSTRAINT "EmailMessage_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmailMessage" ADD CONSTRAINT "EmailMessage_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmailMessage" ADD CONSTRAINT "EmailMessage_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Written by hand: what the schema language cannot say.

-- True rotation: the server that was assigned longest ago has the lowest number.
CREATE SEQUENCE "Server_assigned_seq" AS bigint;

ALTER TABLE "ServerGroup" ADD CONSTRAINT "ServerGroup_fillType_known"
  CHECK ("fillType" IN ('fill', 'round-robin', 'pack', 'balanced'));
-- Never over: whatever the code does, the database refuses the slot too many.
ALTER TABLE "Server" ADD CONSTRAINT "Server_accountCount_not_negative" CHECK ("accountCount" >= 0);
ALTER TABLE "Server" ADD CONSTRAINT "Server_maxAccounts_not_negative" CHECK ("maxAccounts" IS NULL OR "maxAccounts" >= 0);
ALTER TABLE "Server" ADD CONSTRAINT "Server_maxParallel_positive" CHECK ("maxParallel" >= 1);
ALTER TABLE "OperationAttempt" ADD CONSTRAINT "OperationAttempt_outcome_known"
  CHECK ("outcome" IS NULL OR "outcome" IN ('done', 'refused', 'not-done', 'unknown'));
ALTER TABLE "OperationAttempt" ADD CONSTRAINT "OperationAttempt_ended_has_outcome"
  CHECK (("endedAt" IS NULL) = ("outcome" IS NULL));
ALTER TABLE "Service" ADD CONSTRAINT "Service_active_has_server"
  CHECK ("status" NOT IN ('ACTIVE', 'SUSPENDED') OR "serverId" IS NOT NULL);
ALTER TABLE "User" ADD CONSTRAINT "User_email_lower_case" CHECK ("email" = lower("email"));

-- At most one unfinished operation per service.
CREATE UNIQUE INDEX "Operation_one_unfinished" ON "Operation" ("serviceId")
  WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN');
-- A service holds at most one slot.
CREATE UNIQUE INDEX "Placement_one_open" ON "Placement" ("serviceId") WHERE "releasedAt" IS NULL;
-- One remote account belongs to one service.
CREATE UNIQUE INDEX "Service_remote_account" ON "Service" ("serverId", "remoteId")
  WHERE "remoteId" IS NOT NULL AND "status" NOT IN ('TERMINATED', 'CANCELLED');
-- What the sweep looks for, once a second.
CREATE INDEX "Operation_to_sweep" ON "Operation" ("state", "nextTryAt", "staleAt")
  WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING');
CREATE INDEX "Server_held" ON "Server" ("nextProbeAt") WHERE "heldAt" IS NOT NULL;
-- Choosing a server: only those that could take one more.
CREATE INDEX "Server_placeable" ON "Server" ("moduleId", "groupId", "accountCount")
  WHERE "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL AND "archivedAt" IS NULL;
