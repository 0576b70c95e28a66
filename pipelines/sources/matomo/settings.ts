import { z } from 'zod';
import { connectionBase, reloadDays, type SystemSettings } from '../api/settings.ts';

export const matomo = {
    system: 'matomo',
    title: 'Matomo (visits log)',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('matomo'),
        /** Where Matomo is, without index.php. */
        address: z.url('an address such as https://stats.example.com'),
        site_id: z.string().regex(/^\d+$/, 'the number of the site, such as 1'),
        /** Visits of one answer; fewer when the server runs out of time or memory. */
        page_size: z.int().min(1).max(10_000).default(500),
        reload_days: reloadDays(2),
        deep_reload_days: z.int().min(1).max(365).default(7),
        deep_reload_every_days: z.int().min(1).default(7),
    }),
    streams: ['sessions'],
    secrets: [{ name: 'token', what: 'token_auth of a user who may view the site' }],
    asked: [
        { name: 'address', what: 'address of Matomo', example: 'https://stats.example.com' },
        { name: 'site_id', what: 'number of the site', example: '1' },
    ],
    access:
        'In Matomo let an administrator make a user with the one permission View for the site; log in as this ' +
        'user, and under Settings > Personal > Security create a token with Only allow secure requests. The ' +
        'visits log must be on for the site (Settings > Websites > Manage), and raw data must be kept as long ' +
        'as days are to be loaded (Privacy > Anonymise data).',
} as const satisfies SystemSettings;
