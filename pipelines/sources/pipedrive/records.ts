import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

const customFields = z.record(z.string(), z.unknown()).nullish();

/** Both generations: by cursor, and by the number of the first record. */
const more = z
    .object({
        next_cursor: z.string().nullish(),
        pagination: z
            .object({
                more_items_in_collection: z.boolean().nullish(),
                next_start: z.number().nullish(),
            })
            .nullish(),
    })
    .nullish();

const listOf = <Item extends z.ZodType>(item: Item) =>
    z.object({
        // Where there is nothing, the older generation says null.
        data: z.array(item).nullable(),
        additional_data: more,
    });

export const deal = z.object({
    id: scalar,
    owner_id: scalar.nullish(),
    person_id: scalar.nullish(),
    org_id: scalar.nullish(),
    pipeline_id: scalar.nullish(),
    stage_id: scalar.nullish(),
    value: scalar.nullish(),
    currency: maybe(z.string()),
    add_time: maybe(z.string()),
    update_time: maybe(z.string()),
    stage_change_time: maybe(z.string()),
    is_deleted: z.boolean().nullish(),
    status: z.string(),
    lost_reason: maybe(z.string()),
    close_time: maybe(z.string()),
    won_time: maybe(z.string()),
    lost_time: maybe(z.string()),
    expected_close_date: maybe(z.string()),
    origin: maybe(z.string()),
    source_lead_id: maybe(z.string()),
    custom_fields: customFields,
});

export type Deal = z.output<typeof deal>;

export const dealList = listOf(deal);

/** Of a stage it is its number; fields of other kinds may hold anything. */
const changed = scalar.nullish().catch(null);

const change = z.object({
    field_key: z.string(),
    old_value: changed,
    new_value: changed,
    time: z.string(),
});

export type Change = z.output<typeof change>;

export const changeList = listOf(change);

export const person = z.object({
    id: scalar,
    name: maybe(z.string()),
    emails: z
        .array(z.object({ value: maybe(z.string()), primary: z.boolean().nullish() }))
        .nullish(),
});

export type Person = z.output<typeof person>;

export const personList = listOf(person);

/** What a page of deals is made of: answers as they came, side by side. */
export const dealPage = z.object({
    deals: dealList,
    people: personList,
    /** Answers on the history of a deal, by its id. */
    changes: z.record(z.string(), z.array(changeList)),
});

/** Fields of a lead that only a company has stand among the others. */
export const lead = z.looseObject({
    id: scalar,
    owner_id: scalar.nullish(),
    person_id: scalar.nullish(),
    source_name: maybe(z.string()),
    add_time: z.string(),
    update_time: maybe(z.string()),
});

export type Lead = z.output<typeof lead>;

export const leadList = listOf(lead);

export const leadPage = z.object({ leads: leadList, people: personList });

export const activity = z.object({
    id: scalar,
    type: maybe(z.string()),
    owner_id: scalar.nullish(),
    is_deleted: z.boolean().nullish(),
    add_time: maybe(z.string()),
    deal_id: scalar.nullish(),
    lead_id: maybe(z.string()),
    due_date: maybe(z.string()),
    due_time: maybe(z.string()),
    done: z.boolean().nullish(),
    marked_as_done_time: maybe(z.string()),
});

export type Activity = z.output<typeof activity>;

export const activityList = listOf(activity);

export const anyList = listOf(z.object({ id: scalar }));

export const userList = listOf(z.object({ id: scalar, name: maybe(z.string()) }));

export const stageList = listOf(z.object({ id: scalar, name: z.string() }));

export const fieldList = listOf(
    z.object({
        field_code: z.string(),
        field_name: z.string(),
        options: z
            .array(
                z.object({
                    id: z.union([scalar, z.boolean().transform(String)]),
                    label: z.string(),
                }),
            )
            .nullish(),
    }),
);

export const self = z.object({ data: z.object({ company_domain: maybe(z.string()) }) });

export const lookups = z.object({
    /** Where the account is opened. */
    site: z.string().nullable().default(null),
    /** Fields that are called as what they hold of a touch. */
    touch_fields: z.record(z.string(), z.string()).default({}),
    /** Name of a user by id. */
    users: z.record(z.string(), z.string()).default({}),
    /** Name of a stage by id. */
    stages: z.record(z.string(), z.string()).default({}),
    /** Fields of a deal, which leads have too, by key and by name. */
    fields: z
        .record(
            z.string(),
            z.object({ key: z.string(), options: z.record(z.string(), z.string()) }),
        )
        .default({}),
});

export type Lookups = z.output<typeof lookups>;
