import type { Connector, Tools } from '../api/connector.ts';
import { openDatabase } from '../database/source.ts';
import { createMysql, type MysqlSettings } from './client.ts';

/** Tables and views of a MySQL or MariaDB database. */
export function openMysql(settings: MysqlSettings, tools: Tools): Connector {
    return openDatabase(settings, createMysql(settings, tools), tools);
}
