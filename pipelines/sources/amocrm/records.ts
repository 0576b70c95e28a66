import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

/** Seconds since 1970; 0 stands for none. */
const time = z.number().nullish();

/** Written in PHP, where what is empty may come as an empty list whatever it is. */
const orEmpty = <Schema extends z.ZodType>(schema: Schema) =>
    z.preprocess(
        (value) => (Array.isArray(value) && value.length === 0 ? undefined : (value ?? undefined)),
        schema,
    );

const customFields = z
    .array(
        z.object({
            field_id: scalar,
            field_name: maybe(z.string()),
            field_code: maybe(z.string()),
            values: orEmpty(z.array(z.object({ value: z.unknown() })).default([])),
        }),
    )
    .nullish();

export type CustomFields = z.output<typeof customFields>;

const reason = z.object({ name: maybe(z.string()) });
const linked = orEmpty(
    z.array(z.object({ id: scalar, is_main: z.boolean().nullish() })).default([]),
);

export const lead = z.object({
    id: scalar,
    price: scalar.nullish(),
    price_with_minor_units: scalar.nullish(),
    responsible_user_id: scalar.nullish(),
    status_id: scalar.nullish(),
    pipeline_id: scalar.nullish(),
    created_at: time,
    updated_at: time,
    closed_at: time,
    is_deleted: z.boolean().nullish(),
    custom_fields_values: customFields,
    _embedded: orEmpty(
        z
            .object({
                contacts: linked,
                companies: linked,
                // Of several accounts some answer with a list, others with the one.
                loss_reason: z.union([reason, z.array(reason)]).nullish(),
                source: orEmpty(z.object({ name: maybe(z.string()) }).optional()),
            })
            .prefault({}),
    ),
});

export type Lead = z.output<typeof lead>;

export const contact = z.object({
    id: scalar,
    name: maybe(z.string()),
    custom_fields_values: customFields,
});

export type Contact = z.output<typeof contact>;

const links = orEmpty(
    z.object({ next: orEmpty(z.object({ href: z.string() }).optional()) }).optional(),
);

const listOf = <Name extends string, Item extends z.ZodType>(name: Name, item: Item) =>
    z.object({
        _links: links,
        _embedded: orEmpty(
            z
                .object({ [name]: z.array(item).default([]) } as Record<
                    Name,
                    z.ZodDefault<z.ZodArray<Item>>
                >)
                .prefault({} as never),
        ),
    });

export const leadList = listOf('leads', lead);
export const contactList = listOf('contacts', contact);

/** What a page of deals is made of: answers as they came, side by side. */
export const leadPage = z.object({
    leads: leadList,
    contacts: z.array(contactList).default([]),
});

export const event = z.object({
    id: z.string(),
    type: z.string(),
    entity_id: scalar,
    entity_type: z.string(),
    created_by: scalar.nullish(),
    created_at: z.number(),
    value_after: z
        .array(
            z.object({
                lead_status: z
                    .object({ id: scalar, pipeline_id: scalar.nullish() })
                    .optional()
                    .catch(undefined),
                responsible_user: z.object({ id: scalar }).optional().catch(undefined),
            }),
        )
        .nullish()
        .catch([]),
});

export type Event = z.output<typeof event>;

export const eventList = listOf('events', event);

export const note = z.object({
    id: scalar,
    entity_id: scalar,
    created_by: scalar.nullish(),
    responsible_user_id: scalar.nullish(),
    created_at: z.number(),
    updated_at: time,
    note_type: z.union([z.string(), z.number()]).transform(String),
});

export type Note = z.output<typeof note>;

export const noteList = listOf('notes', note);

export const task = z.object({
    id: scalar,
    entity_id: scalar.nullish(),
    entity_type: z.string().nullish(),
    responsible_user_id: scalar.nullish(),
    created_at: z.number(),
    updated_at: time,
    complete_till: time,
    is_completed: z.boolean().nullish(),
    task_type_id: scalar.nullish(),
});

export type Task = z.output<typeof task>;

export const taskList = listOf('tasks', task);

/** What every list has, whatever it lists. */
export const anyList = z.object({
    _links: links,
    _embedded: orEmpty(
        z.record(z.string(), z.array(z.object({ id: scalar, updated_at: time }))).default({}),
    ),
});

export const account = z.object({
    currency: maybe(z.string()),
    is_api_filter_enabled: z.boolean().nullish(),
});

export const userList = listOf('users', z.object({ id: scalar, name: maybe(z.string()) }));

export const pipelineList = listOf(
    'pipelines',
    z.object({
        id: scalar,
        name: z.string(),
        _embedded: z
            .object({ statuses: z.array(z.object({ id: scalar, name: z.string() })).default([]) })
            .prefault({}),
    }),
);

export const lookups = z.object({
    currency: z.string().nullable().default(null),
    /** Name of a user by id. */
    users: z.record(z.string(), z.string()).default({}),
    /** Name of a stage by `pipeline:stage`. */
    stages: z.record(z.string(), z.string()).default({}),
});

export type Lookups = z.output<typeof lookups>;
