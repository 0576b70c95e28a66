import { z } from 'zod';
import { connectionBase, deepReload, reloadDays, type SystemSettings } from '../api/settings.ts';

const accountId = z.string().regex(/^(act_)?\d+$/, 'an id such as act_1234567890');

export const metaAds = {
    system: 'meta_ads',
    title: 'Meta Ads (Facebook, Instagram)',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('meta_ads'),
        account_ids: z.array(accountId).min(1),
        version: z
            .string()
            .regex(/^v\d+\.\d+$/, 'a version such as v26.0')
            .default('v26.0'),
        /**
         * Action that counts as a conversion, as Meta names it; left out, none is loaded, because each
         * advertiser means another one.
         */
        conversion_action: z.string().min(1).optional(),
        reload_days: reloadDays(30),
        ...deepReload,
    }),
    streams: ['ad_spend'],
    secrets: [{ name: 'token', what: 'access token of a system user' }],
    asked: [
        {
            name: 'account_ids',
            what: 'ids of the ad accounts',
            example: 'act_1234567890',
            isList: true,
        },
    ],
    access:
        'In Meta Business Suite, under Users > System users, add a system user with the role Employee, ' +
        'assign it each ad account with the one task View performance, and generate a token for an app of ' +
        'the business with the one permission ads_read and no expiry. A token of a person ends after about ' +
        '60 days and with the person; the app needs standard or higher access to the Marketing API.',
    version: { default: 'v26.0', lastDays: {} },
} as const satisfies SystemSettings;
