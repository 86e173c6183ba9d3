-- Every role that this connection is or can become. A superuser can become everybody: that it is one is enough.
WITH login AS (
    SELECT oid, rolsuper FROM pg_roles WHERE rolname IN (current_user, session_user)
), me AS (
    SELECT role.oid, role.rolname, role.rolsuper, role.rolbypassrls, role.rolcreaterole,
        role.rolreplication FROM pg_roles AS role
    WHERE EXISTS (
        SELECT FROM login
        WHERE login.oid = role.oid OR (NOT login.rolsuper AND pg_has_role(login.oid, role.oid, 'MEMBER')))
),
-- Our schema, and whatever others are open to one of these roles.
place AS (
    SELECT oid, nspname, nspowner, nspname = 'accord' AS ours,
        EXISTS (SELECT FROM me WHERE has_schema_privilege(me.oid, space.oid, 'USAGE')) AS open
    FROM pg_namespace AS space
    WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\_%'
),
relation AS (
    SELECT class.oid, class.relkind, class.relowner, class.relrowsecurity, class.relforcerowsecurity, class.reloptions,
        format('%I.%I', place.nspname, class.relname) AS name, place.ours, place.open
    FROM pg_class AS class JOIN place ON place.oid = class.relnamespace
    WHERE class.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
),
-- What these roles can do anything with.
held AS (
    SELECT relation.* FROM relation
    WHERE relkind <> 'S' AND (ours OR open AND EXISTS (
        SELECT FROM me
        WHERE has_table_privilege(me.oid, relation.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
            OR has_any_column_privilege(me.oid, relation.oid, 'SELECT, INSERT, UPDATE, REFERENCES')))
),
-- Tables, with the number of the tenant's column. Foreign tables are among them: they can have no policies.
tables AS (
    SELECT held.*, (
        SELECT attnum FROM pg_attribute
        WHERE attrelid = held.oid AND attname = 'tenant_id' AND attnotnull AND NOT attisdropped) AS tenant
    FROM held WHERE relkind IN ('r', 'p', 'f')
),
policy AS (
    SELECT polrelid, polpermissive, polcmd, pg_get_expr(polqual, polrelid) AS sees,
        pg_get_expr(polwithcheck, polrelid) AS puts, '(tenant_id = current_setting(''app.tenant''::text, true))' AS own
    FROM pg_policy
)
SELECT 'superuser' AS rule, rolname::text AS subject FROM me WHERE rolsuper
UNION ALL SELECT 'bypasses-security', rolname FROM me WHERE rolbypassrls
UNION ALL SELECT 'makes-roles', rolname FROM me WHERE rolcreaterole
UNION ALL SELECT 'replicates', rolname FROM me WHERE rolreplication
UNION ALL SELECT 'reaches-server', rolname FROM me
    WHERE rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
UNION ALL SELECT 'owner', relation.name FROM relation JOIN me ON me.oid = relation.relowner
UNION ALL SELECT 'owner', 'schema ' || place.nspname FROM place JOIN me ON me.oid = place.nspowner
UNION ALL SELECT 'owner', 'database ' || datname FROM pg_database JOIN me ON me.oid = datdba
    WHERE datname = current_database()
UNION ALL SELECT 'makes-things', 'schema ' || place.nspname FROM place JOIN me
    ON place.ours AND has_schema_privilege(me.oid, place.oid, 'CREATE')
UNION ALL SELECT 'too-many-rights', tables.name FROM tables JOIN me
    ON has_table_privilege(me.oid, tables.oid, 'TRUNCATE, REFERENCES, TRIGGER')
    OR has_any_column_privilege(me.oid, tables.oid, 'REFERENCES')
UNION ALL SELECT 'no-security', name FROM tables WHERE relkind = 'f' OR NOT (relrowsecurity AND relforcerowsecurity)
UNION ALL SELECT 'no-policy', name FROM tables WHERE NOT EXISTS (
    SELECT FROM policy
    WHERE polrelid = tables.oid AND polpermissive AND polcmd = '*' AND sees IS NOT NULL AND puts IS NOT NULL)
UNION ALL SELECT 'wide-policy', name FROM tables JOIN policy ON polrelid = tables.oid
    WHERE polpermissive AND (coalesce(sees, own) <> own OR coalesce(puts, own) <> own)
UNION ALL SELECT 'no-tenant', name FROM tables WHERE tenant IS NULL
UNION ALL SELECT 'unique-index', format('%s on %s', indexrelid::regclass, name) FROM pg_index
    JOIN tables ON tables.oid = indrelid
    WHERE (indisunique OR indisexclusion) AND indkey[0] IS DISTINCT FROM tenant
UNION ALL SELECT 'foreign-key', format('%I on %s', conname, source.name) FROM pg_constraint
    JOIN tables AS source ON source.oid = conrelid LEFT JOIN tables AS target ON target.oid = confrelid
    WHERE contype = 'f'
        AND (conkey[1] IS DISTINCT FROM source.tenant OR confkey[1] IS DISTINCT FROM target.tenant)
UNION ALL SELECT 'view', name FROM held WHERE relkind = 'v' AND NOT EXISTS (
    SELECT FROM pg_options_to_table(reloptions)
    WHERE option_name = 'security_invoker' AND lower(option_value) IN ('true', 'on', 'yes', '1'))
UNION ALL SELECT 'materialised-view', name FROM relation WHERE relkind = 'm'
UNION ALL SELECT 'definer', format('%I.%I', place.nspname, proname) FROM pg_proc JOIN place ON place.oid = pronamespace
    WHERE prosecdef
