import { z } from 'zod';
import { streamNames } from '../../contracts/registry.ts';
import type { SystemSettings } from '../api/settings.ts';
import {
    databaseAsked,
    databaseSecrets,
    databaseShape,
    streamsOfTables,
} from '../database/settings.ts';

export const mysql = {
    system: 'mysql',
    title: 'MySQL and MariaDB',
    schema: z.strictObject({ ...databaseShape(3306), system: z.literal('mysql') }),
    streams: streamNames,
    streamsOf: streamsOfTables,
    secrets: databaseSecrets,
    asked: databaseAsked,
    access:
        'Let an administrator of the database make a user that can but read, and only what is to be ' +
        "loaded: create user jointly@'%' identified by '...' require ssl; grant select on crm.leads to " +
        'jointly; the same for each table or view. A replica serves as well as the primary. When that is ' +
        'done, npx jointly sources test lists the tables it may read.',
} as const satisfies SystemSettings;
