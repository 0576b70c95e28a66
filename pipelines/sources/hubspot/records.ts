import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

const property = z.string().nullish();

const historyItem = z.object({
    value: property.transform((value) => value ?? ''),
    timestamp: z.string(),
});

/** Written as text in most accounts. */
const flag = z.union([z.boolean().transform(String), scalar]);

const orNone = <Value extends z.ZodType>(record: z.ZodRecord<z.ZodString, Value>) =>
    record.nullish().transform((given): Record<string, z.output<Value>> => given ?? {});

/** Where the next page begins; undefined on the last one. */
const paging = z
    .object({ next: z.object({ after: scalar.nullish() }).nullish() })
    .nullish()
    .transform((given) => given?.next?.after ?? undefined);

export const crmRecord = z.object({
    id: scalar,
    properties: orNone(z.record(z.string(), property)),
    propertiesWithHistory: orNone(z.record(z.string(), z.array(historyItem))),
    createdAt: maybe(z.string()),
    updatedAt: maybe(z.string()),
    archived: z
        .boolean()
        .nullish()
        .transform((given) => given === true),
    archivedAt: maybe(z.string()),
    associations: orNone(
        z.record(
            z.string(),
            z.object({ results: z.array(z.object({ id: scalar, type: maybe(z.string()) })) }),
        ),
    ),
});

export type CrmRecord = z.output<typeof crmRecord>;

export const recordList = z.object({
    results: z.array(crmRecord),
    paging,
});

export const associationList = z.object({
    results: z.array(
        z.object({
            from: z.object({ id: scalar }),
            to: z.array(
                z.object({
                    toObjectId: scalar,
                    associationTypes: z.array(z.object({ label: maybe(z.string()) })).default([]),
                }),
            ),
        }),
    ),
});

/** What a page of ours is made of: answers as they came, side by side. */
export const page = z.object({
    records: z.array(z.object({ results: z.array(crmRecord) })),
    /** By the kind of record on the other side. */
    associations: z.record(z.string(), associationList).default({}),
});

export const owners = z.object({
    results: z.array(
        z.object({
            id: scalar,
            email: maybe(z.string()),
            firstName: maybe(z.string()),
            lastName: maybe(z.string()),
        }),
    ),
    paging,
});

export const pipelines = z.object({
    results: z.array(
        z.object({
            id: scalar,
            label: z.string(),
            stages: z.array(
                z.object({
                    id: scalar,
                    label: z.string(),
                    metadata: z
                        .object({ isClosed: flag.nullish(), probability: scalar.nullish() })
                        .catchall(z.unknown())
                        .nullish(),
                }),
            ),
        }),
    ),
});

export const account = z.object({
    portalId: scalar,
    uiDomain: z.hostname().nullish().catch(null),
    companyCurrency: maybe(z.string()),
});

export const lookups = z.object({
    /** Where the page of a contact is, but for its id. */
    contacts: z.string().nullable().default(null),
    /** That of the account, in which deals are that name none. */
    currency: z.string().nullable().default(null),
    /** Name of an owner by id. */
    owners: z.record(z.string(), z.string()).default({}),
    stages: z
        .record(
            z.string(),
            z.object({
                label: z.string(),
                /** Null where the stage does not say it. */
                status: z.enum(['open', 'won', 'lost']).nullable(),
            }),
        )
        .default({}),
});

export type Lookups = z.output<typeof lookups>;

export const errorBody = z.object({
    status: z.string().optional(),
    message: z.string().catch(''),
    policyName: z.string().nullish().catch(null),
});

/** 207: some of what was asked for may be missing. */
export const partial = z.object({
    errors: z
        .array(
            z.object({
                category: z.string().catch(''),
                subCategory: z.string().catch(''),
                message: z.string().catch(''),
            }),
        )
        .catch([]),
});
