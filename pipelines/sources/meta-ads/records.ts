import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

export const insights = z.object({
    data: z.array(
        z.object({
            account_id: scalar,
            account_currency: z.string(),
            campaign_id: scalar,
            campaign_name: maybe(z.string()),
            date_start: z.string(),
            date_stop: z.string(),
            spend: scalar.default('0'),
            impressions: scalar.default('0'),
            clicks: scalar.default('0'),
            actions: z.array(z.object({ action_type: z.string(), value: scalar })).default([]),
        }),
    ),
    paging: z
        .object({
            cursors: z.object({ after: z.string().optional() }).optional(),
            next: z.string().optional(),
        })
        .optional(),
});

export const account = z.object({
    account_id: scalar,
    currency: z.string(),
    timezone_name: z.string(),
});

export const orderedReport = z.object({ report_run_id: scalar });

export const reportState = z.object({ async_status: z.string() });

export const errorBody = z.object({
    error: z.object({
        message: z.string().default(''),
        type: z.string().default(''),
        code: z.number(),
        error_subcode: z.number().optional(),
        is_transient: z.boolean().default(false),
    }),
});

/** `{"act_1": [{"call_count": 95, ..., "estimated_time_to_regain_access": 12}]}`, minutes. */
export const businessUsage = z.record(
    z.string(),
    z.array(
        z.object({
            call_count: z.number().default(0),
            total_cputime: z.number().default(0),
            total_time: z.number().default(0),
            estimated_time_to_regain_access: z.number().default(0),
        }),
    ),
);

export const accountUsage = z.object({
    acc_id_util_pct: z.number().default(0),
    /** Seconds until it is 0 again. */
    reset_time_duration: z.number().default(0),
});

export const insightsThrottle = z.object({
    app_id_util_pct: z.number().default(0),
    acc_id_util_pct: z.number().default(0),
});
