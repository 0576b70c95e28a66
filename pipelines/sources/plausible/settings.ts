import { z } from 'zod';
import { connectionBase, reloadDays, type SystemSettings } from '../api/settings.ts';

const timezone = z.string().refine((name) => {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
    } catch {
        // It throws for a name that it does not know.
        return false;
    }
}, 'a time zone such as Europe/Berlin');

export const plausible = {
    system: 'plausible',
    title: 'Plausible (visits by channel)',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('plausible'),
        /** The site as Plausible names it: its domain. */
        site_id: z.string().min(1),
        /** Reporting timezone of the site, by which Plausible counts days and which it does not say. */
        timezone,
        /** How the web site is called in the stream; its domain when left out. */
        site: z.string().min(1).optional(),
        /** What a channel is: the groups of Plausible, or sources. */
        channel: z.enum(['visit:channel', 'visit:source']).default('visit:channel'),
        version: z.enum(['v2']).default('v2'),
        /** A visit is closed after half an hour. */
        reload_days: reloadDays(1),
        deep_reload_days: z.int().min(1).max(400).default(7),
        deep_reload_every_days: z.int().min(1).default(7),
    }),
    streams: ['visit_counts'],
    secrets: [{ name: 'token', what: 'key of the Stats API' }],
    asked: [
        {
            name: 'site_id',
            what: 'domain of the site as Plausible names it',
            example: 'example.com',
        },
        {
            name: 'timezone',
            what: 'reporting timezone of the site (Site settings > General)',
            example: 'Europe/Berlin',
        },
    ],
    access:
        'In Plausible, under Account settings > API keys, make a key of the type Stats API, which only reads; ' +
        'best as a user who is guest viewer of the one site. Plausible counts without visitors: it tells ' +
        'visits by day and channel, and no single visit.',
    version: { default: 'v2', lastDays: {} },
} as const satisfies SystemSettings;
