-- What housekeeping, and whoever looks after joined persons look for, so that neither reads a whole table.
CREATE INDEX person_joined ON person (tenant, id) WHERE joined_into IS NOT NULL;
CREATE INDEX person_link_ended ON person_link (tenant, ended) WHERE ended IS NOT NULL;
CREATE INDEX consent_due ON consent (tenant, valid_until) WHERE revoked IS NULL;
CREATE INDEX consent_ended ON consent (tenant, coalesce(revoked, valid_until));
CREATE INDEX kept_item_valid_until ON kept_item (tenant, valid_until);
