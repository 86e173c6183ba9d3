-- Tokens of sources, edits on their way, and which launch reads by whose standing grant lie with the tenant of their launch;
-- with the installation lies only what is found before its tenant is known.
--
-- Grants and edits are sealed, so the server brings them home when it opens the database (`storage::Store::bring_home`).
-- Until then they lie with the installation as before.

-- A launch lies with the installation, so no foreign key leads to it any more: whoever ends a launch deletes in the same step
-- what it has at its tenant.
ALTER TABLE accord.source_grant
    DROP CONSTRAINT source_grant_tenant_id_launch_fkey,
    ALTER COLUMN tenant_id DROP DEFAULT;
ALTER TABLE accord.write_intent ALTER COLUMN tenant_id DROP DEFAULT;

-- Nothing is sealed in a use. For the move no policy is asked, as the rows change their tenant by it.
ALTER TABLE accord.standing_use
    DROP CONSTRAINT standing_use_tenant_id_launch_fkey,
    NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accord.standing_grant NO FORCE ROW LEVEL SECURITY;
UPDATE accord.standing_use SET tenant_id = tenant;
DROP INDEX accord.standing_use_grant;
ALTER TABLE accord.standing_use
    DROP CONSTRAINT standing_use_pkey,
    DROP COLUMN tenant,
    ALTER COLUMN tenant_id DROP DEFAULT;
DELETE FROM accord.standing_use AS used WHERE NOT EXISTS (
    SELECT FROM accord.standing_grant AS lent
    WHERE lent.tenant_id = used.tenant_id AND lent.person = used.person AND lent.source = used.source);
ALTER TABLE accord.standing_use
    ADD PRIMARY KEY (tenant_id, launch, person, source),
    ADD FOREIGN KEY (tenant_id, person, source) REFERENCES accord.standing_grant (tenant_id, person, source)
        ON DELETE CASCADE,
    FORCE ROW LEVEL SECURITY;
ALTER TABLE accord.standing_grant FORCE ROW LEVEL SECURITY;
CREATE INDEX standing_use_grant ON accord.standing_use (tenant_id, person, source);
