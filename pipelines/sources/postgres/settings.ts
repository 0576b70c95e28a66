import { z } from 'zod';
import { streamNames } from '../../contracts/registry.ts';
import type { SystemSettings } from '../api/settings.ts';
import {
    databaseAsked,
    databaseSecrets,
    databaseShape,
    streamsOfTables,
} from '../database/settings.ts';

export const postgres = {
    system: 'postgres',
    title: 'PostgreSQL',
    schema: z.strictObject({ ...databaseShape(5432), system: z.literal('postgres') }),
    streams: streamNames,
    streamsOf: streamsOfTables,
    secrets: databaseSecrets,
    asked: databaseAsked,
    access:
        'Let an administrator of the database make a user that can but read, and only what is to be ' +
        'loaded: create role jointly login password ...; grant usage on schema crm to jointly; grant ' +
        'select on crm.leads, crm.deals to jointly (or on views, or on single columns). A replica serves ' +
        'as well as the primary. When that is done, npx jointly sources test lists the tables it may read.',
} as const satisfies SystemSettings;
