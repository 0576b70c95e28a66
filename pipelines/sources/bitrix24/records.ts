import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

const text = maybe(scalar);

/** An item of the universal CRM methods; fields of one company come beside these. */
export const item = z.looseObject({
    id: scalar,
    stageId: text,
    stageSemanticId: text,
    assignedById: text,
    createdTime: text,
    updatedTime: text,
});

export type Item = z.output<typeof item>;

export const items = z.object({ result: z.object({ items: z.array(item) }) });

export const stageEntries = z.object({
    result: z.object({
        items: z.array(
            z.object({
                ID: scalar,
                OWNER_ID: scalar,
                CREATED_TIME: z.string(),
                STAGE_ID: text,
                STATUS_ID: text,
            }),
        ),
    }),
});

export const activityList = z.object({
    result: z.array(
        z.object({
            ID: scalar,
            OWNER_ID: scalar,
            OWNER_TYPE_ID: scalar,
            TYPE_ID: text,
            PROVIDER_ID: text,
            DIRECTION: text,
            RESPONSIBLE_ID: text,
            CREATED: text,
            START_TIME: text,
            LAST_UPDATED: text,
            COMPLETED: text,
        }),
    ),
});

export const statuses = z.object({
    result: z.array(
        z.object({ ENTITY_ID: z.string(), STATUS_ID: scalar, NAME: text, SEMANTICS: text }),
    ),
    next: z.number().nullish(),
});

export const users = z.object({
    result: z.array(z.object({ ID: scalar, NAME: text, LAST_NAME: text, EMAIL: text })),
    next: z.number().nullish(),
});

export const fieldList = z.object({
    result: z.object({
        fields: z.record(
            z.string(),
            z.object({
                title: text,
                /** The name of the field where it is not written as in JSON: `UF_CRM_1640042314192`. */
                upperName: text,
                /** What a list of a company offers. */
                items: z.array(z.object({ ID: scalar, VALUE: scalar })).nullish(),
            }),
        ),
    }),
});

export const lookups = z.object({
    /** Where the pages of leads are, but for their ids. */
    leads: z.string().nullable().default(null),
    /** Fields of a lead that are called as what they hold of a touch. */
    touch_fields: z.record(z.string(), z.string()).default({}),
    /** Fields of leads and deals, by both of their names; words of a list by their ids. */
    fields: z
        .record(
            z.string(),
            z.object({ key: z.string(), options: z.record(z.string(), z.string()) }),
        )
        .default({}),
    users: z.record(z.string(), z.string()).default({}),
    sources: z.record(z.string(), z.string()).default({}),
    stages: z
        .record(z.string(), z.object({ name: z.string(), status: z.enum(['open', 'won', 'lost']) }))
        .default({}),
});

export type Lookups = z.output<typeof lookups>;

export const errorBody = z.object({
    error: scalar,
    error_description: z.string().catch(''),
});

/** Seconds of work of a method in ten minutes, and when they are forgotten; seconds since 1970. */
export const workTime = z.object({
    time: z.object({
        operating: z.number().default(0),
        operating_reset_at: z.number().nullish(),
    }),
});
