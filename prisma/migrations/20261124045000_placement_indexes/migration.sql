-- Written by hand: partial and expression indexes, which the schema language cannot say.
-- Each holds only the servers that could take one more, in the order of one rule (bestFirst in
-- src/features/placement/candidates.ts): the best one is the first entry, however many servers and services there are.
-- The expressions must stay word for word those of candidates.ts.

CREATE INDEX "Server_next_fill" ON "Server" ("moduleId", "groupId", "accountCount",
    (("accountCount" + "unknownCount")::float8 / NULLIF("maxAccounts", 0)), "createdAt", "id")
  WHERE "archivedAt" IS NULL AND "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL
    AND ("maxAccounts" IS NULL OR "accountCount" + "unknownCount" < "maxAccounts");
CREATE INDEX "Server_next_balanced" ON "Server" ("moduleId", "groupId",
    (("accountCount" + "unknownCount")::float8 / NULLIF("maxAccounts", 0)), "accountCount", "createdAt", "id")
  WHERE "archivedAt" IS NULL AND "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL
    AND ("maxAccounts" IS NULL OR "accountCount" + "unknownCount" < "maxAccounts");
CREATE INDEX "Server_next_round_robin" ON "Server" ("moduleId", "groupId", "assignedSeq", "createdAt", "id")
  WHERE "archivedAt" IS NULL AND "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL
    AND ("maxAccounts" IS NULL OR "accountCount" + "unknownCount" < "maxAccounts");
CREATE INDEX "Server_next_pack" ON "Server" ("moduleId", "groupId", "groupPosition", "createdAt", "id")
  WHERE "archivedAt" IS NULL AND "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL
    AND ("maxAccounts" IS NULL OR "accountCount" + "unknownCount" < "maxAccounts");
-- A product without a group may use every server of its module, and its rule is always "fill".
CREATE INDEX "Server_next_in_module" ON "Server" ("moduleId", "accountCount",
    (("accountCount" + "unknownCount")::float8 / NULLIF("maxAccounts", 0)), "createdAt", "id")
  WHERE "archivedAt" IS NULL AND "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL
    AND ("maxAccounts" IS NULL OR "accountCount" + "unknownCount" < "maxAccounts");
DROP INDEX "Server_placeable";

-- Who else was there: the others of an explanation, in the group's order.
CREATE INDEX "Server_in_group_order" ON "Server" ("moduleId", "groupId", "groupPosition", "id") WHERE "archivedAt" IS NULL;
CREATE INDEX "Server_in_module_order" ON "Server" ("moduleId", "groupPosition", "id") WHERE "archivedAt" IS NULL;
-- "Full for this product" is asked with every choice.
CREATE INDEX "ServerFull_of_product" ON "ServerFull" ("productId", "until");

-- The forecast: what came and went on a server in the last 30 days; and the nightly count of what is open.
CREATE INDEX "Placement_by_day" ON "Placement" ("serverId", "createdAt");
CREATE INDEX "Placement_released" ON "Placement" ("serverId", "releasedAt") WHERE "releasedAt" IS NOT NULL;
CREATE INDEX "Placement_open" ON "Placement" ("serverId") WHERE "releasedAt" IS NULL;
