import type { Connector, Tools } from '../api/connector.ts';
import { openDatabase } from '../database/source.ts';
import { createPostgres, type PostgresSettings } from './client.ts';

/** Tables and views of a Postgres database. */
export function openPostgres(settings: PostgresSettings, tools: Tools): Connector {
    return openDatabase(settings, createPostgres(settings, tools), tools);
}
