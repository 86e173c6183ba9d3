-- Behind a policy only what cannot tell anything of another tenant's rows may be looked up before the policy is asked.
-- PostgreSQL knows that of `CASE` and not of `coalesce`: an index on that one is never used.
DROP INDEX accord.document_hangs_on;
CREATE INDEX document_hangs_on
    ON accord.document (tenant_id, (CASE WHEN hangs_on IS NULL THEN person ELSE hangs_on END), kind, id);
DROP INDEX accord.consent_ended;
CREATE INDEX consent_ended
    ON accord.consent (tenant_id, (CASE WHEN revoked IS NULL THEN valid_until ELSE revoked END));
