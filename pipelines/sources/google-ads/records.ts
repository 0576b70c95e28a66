import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

/** Whole numbers of 64 bits come as text, fractions as numbers; what is 0 may be left out. */
const campaignDay = z.object({
    customer: z.object({ id: scalar, currencyCode: z.string() }),
    campaign: z.object({ id: scalar, name: maybe(z.string()) }),
    segments: z.object({ date: z.string() }),
    metrics: z
        .object({
            costMicros: scalar.default('0'),
            impressions: scalar.default('0'),
            clicks: scalar.default('0'),
            conversions: z.union([z.string(), z.number()]).default(0),
        })
        .prefault({}),
});

const account = z.object({
    customer: z.object({ id: scalar, currencyCode: z.string(), timeZone: z.string() }),
});

/** A stream is an array of parts; one without rows has no `results`. */
const parts = <Row extends z.ZodType>(row: Row) =>
    z
        .array(z.object({ results: z.array(row).default([]) }))
        .transform((all) => all.flatMap(({ results }) => results));

export const campaignDays = parts(campaignDay);
export const accounts = parts(account);

const failure = z.object({
    errors: z
        .array(
            z.object({
                errorCode: z.record(z.string(), z.string()).default({}),
                message: z.string().default(''),
                details: z
                    .object({
                        quotaErrorDetails: z
                            .object({ retryDelay: z.string().optional() })
                            .optional(),
                    })
                    .optional(),
            }),
        )
        .default([]),
});

const errorBody = z.object({
    error: z.object({
        code: z.number(),
        message: z.string().default(''),
        status: z.string().default(''),
        details: z.array(failure.or(z.unknown())).default([]),
    }),
});

export interface GoogleError {
    readonly status: string;
    readonly message: string;
    /** `RESOURCE_EXHAUSTED`, `USER_PERMISSION_DENIED`. */
    readonly codes: readonly string[];
    readonly retryMs: number | undefined;
}

/** The error in an answer: a stream that fails is an array, too, and may fail after some parts. */
export function errorOf(data: unknown): GoogleError | undefined {
    for (const part of Array.isArray(data) ? data : [data]) {
        const parsed = errorBody.safeParse(part);
        if (!parsed.success) continue;
        const { status, message, details } = parsed.data.error;
        const errors = details.flatMap((detail) => {
            const known = failure.safeParse(detail);
            return known.success ? known.data.errors : [];
        });
        const delay = errors
            .map((one) => one.details?.quotaErrorDetails?.retryDelay)
            .find((one) => one !== undefined);
        return {
            status,
            message: [message, ...errors.map((one) => one.message)].filter(Boolean).join(' '),
            codes: errors.flatMap((one) => Object.values(one.errorCode)),
            retryMs: delay ? Number.parseFloat(delay) * 1000 : undefined,
        };
    }
    return undefined;
}
