-- logs has what is asked and inserted into; logs_local has what each shard stores.
CREATE DATABASE IF NOT EXISTS logs ON CLUSTER '{cluster}';

CREATE DATABASE IF NOT EXISTS logs_local ON CLUSTER '{cluster}';
