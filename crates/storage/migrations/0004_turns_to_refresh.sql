-- Who has the turn to refresh a grant, by when the turn ends. Of several processes one refreshes; a turn that was never
-- given back, because its process ended, ends by itself.
ALTER TABLE source_grant ADD COLUMN refresh_until BIGINT;
