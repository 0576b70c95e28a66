import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

const listOf = <Item extends z.ZodType>(item: Item) =>
    z.object({
        done: z.boolean(),
        nextRecordsUrl: maybe(z.string()).transform((url) => url ?? undefined),
        records: z.array(item),
    });

const base = {
    Id: z.string(),
    SystemModstamp: z.string(),
    IsDeleted: z.boolean().nullish(),
};

/** Fields that only an org has stand among the others. */
export const lead = z.looseObject({
    ...base,
    CreatedDate: z.string(),
    Name: maybe(z.string()),
    Email: maybe(z.string()),
    Company: maybe(z.string()),
    MasterRecordId: maybe(z.string()),
});

export type Lead = z.output<typeof lead>;

export const leadList = listOf(lead);

export const leadHistory = z.object({
    Id: z.string(),
    LeadId: z.string(),
    Field: z.string(),
    NewValue: scalar.nullish().catch(null),
    CreatedDate: z.string(),
    IsDeleted: z.boolean().nullish(),
});

export type LeadHistory = z.output<typeof leadHistory>;

export const leadHistoryList = listOf(leadHistory);

export const opportunity = z.looseObject({
    ...base,
    CreatedDate: z.string(),
    AccountId: maybe(z.string()),
    OwnerId: maybe(z.string()),
    StageName: maybe(z.string()),
    IsWon: z.boolean(),
    IsClosed: z.boolean(),
    CloseDate: maybe(z.string()),
    CurrencyIsoCode: maybe(z.string()),
});

export type Opportunity = z.output<typeof opportunity>;

export const opportunityList = listOf(opportunity);

const stageEntry = z.object({
    Id: z.string(),
    OpportunityId: z.string(),
    StageName: maybe(z.string()),
    CreatedDate: z.string(),
});

export type StageEntry = z.output<typeof stageEntry>;

export const stageEntryList = listOf(stageEntry);

const conversion = z.object({ Id: z.string(), ConvertedOpportunityId: z.string() });

export const conversionList = listOf(conversion);

/** What a page of deals is made of: answers as they came, side by side. */
export const dealPage = z.object({
    deals: opportunityList,
    history: z.array(stageEntryList),
    conversions: z.array(conversionList),
});

const activity = {
    ...base,
    WhoId: maybe(z.string()),
    WhatId: maybe(z.string()),
    OwnerId: maybe(z.string()),
    CreatedDate: z.string(),
};

export const task = z.object({
    ...activity,
    TaskSubtype: maybe(z.string()),
    IsClosed: z.boolean(),
    ActivityDate: maybe(z.string()),
    CompletedDateTime: maybe(z.string()),
    CallType: maybe(z.string()),
});

export type Task = z.output<typeof task>;

export const taskList = listOf(task);

export const event = z.object({
    ...activity,
    StartDateTime: maybe(z.string()),
    /** The copy of an invited user. */
    IsChild: z.boolean().nullish(),
    /** The pattern of a series, whose meetings are records of their own. */
    IsRecurrence: z.boolean().nullish(),
});

export type Event = z.output<typeof event>;

export const eventList = listOf(event);

/** What every list has that is read by change. */
export const anyList = listOf(
    z.object({
        Id: z.string(),
        SystemModstamp: z.string().optional(),
        CreatedDate: z.string().optional(),
    }),
);

export const userList = listOf(z.object({ Id: z.string(), Name: maybe(z.string()) }));

export const organizationList = listOf(z.object({ TimeZoneSidKey: z.string() }));

export const description = z.object({ fields: z.array(z.object({ name: z.string() })) });

export const lookups = z.object({
    /** Time zone of the org, in which its days are. */
    timezone: z.string().default('UTC'),
    hasCurrencies: z.boolean().default(false),
    /** Fields of a lead that are called as what they hold of a touch. */
    touch_fields: z.record(z.string(), z.string()).default({}),
    /** Name of a user by id. */
    users: z.record(z.string(), z.string()).default({}),
});

export type Lookups = z.output<typeof lookups>;
