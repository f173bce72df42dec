-- Everything of Sluice is in one database.
CREATE DATABASE IF NOT EXISTS logs;
