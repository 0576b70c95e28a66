import { z } from 'zod';
import { leadTouches } from '../../contracts/streams/lead-touches.ts';
import { clickIds } from '../click-ids.ts';
import { type CanonicalRow, rowOf } from './connector.ts';

const tags = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] as const;
/** The cookie of Meta holds the click id with the time of the click. */
const clicks = [...clickIds, 'fbc'] as const;
const touchFields = [...tags, ...clicks, 'landing_page', 'referrer'] as const;

/** What a CRM may keep of a touch. */
export type TouchField = (typeof touchFields)[number];

/** The name of the field that holds it. */
export type TouchFieldNames = Partial<Readonly<Record<TouchField, string>>>;

/**
 * The setting that says in which fields of a CRM the tags and click ids of a link stand.
 * @param usual fields that every account has, or that most companies call so
 */
export const touchFieldsSetting = (usual: TouchFieldNames = {}, field = z.string().min(1)) =>
    z
        .partialRecord(z.enum(touchFields), field)
        .default({})
        .transform((given): TouchFieldNames => ({ ...usual, ...given }));

/**
 * The field that holds each part of a touch: the one that the config names for touches, else for the page
 * the one that it names for the page of the lead, else the one with a usual name.
 */
export const touchFieldNames = (
    usual: TouchFieldNames,
    named: TouchFieldNames,
    landingPage: string | undefined,
): TouchFieldNames => ({
    ...usual,
    ...(landingPage ? { landing_page: landingPage } : {}),
    ...named,
});

const plainName = (label: string) =>
    label
        .toLowerCase()
        .replace(/__c$/, '')
        .replace(/[^a-z0-9]/g, '');

const otherNames: TouchFieldNames = { referrer: 'referer', gclid: 'googleclickid' };

const fieldOfName: ReadonlyMap<string, TouchField> = new Map(
    touchFields.flatMap((field) =>
        [field, otherNames[field] ?? field].map((name) => [plainName(name), field] as const),
    ),
);

/**
 * Fields that are called as what they hold, however it is written: `UTM_SOURCE`, `UTM Source`,
 * `utm_source__c`. Of several the first.
 */
export function usualTouchFields(
    fields: Iterable<{ readonly label: string; readonly name: string }>,
): TouchFieldNames {
    const found: Partial<Record<TouchField, string>> = {};
    for (const { label, name } of fields) {
        const field = fieldOfName.get(plainName(label));
        if (field !== undefined) found[field] ??= name;
    }
    return found;
}

type Value = string | null | undefined;

/** What one place says of a touch: a link, or the fields of a record. */
export interface Origin {
    readonly tags: Readonly<Record<string, string>>;
    /** Click ids with the names of their parameters before them, as channel rules know them. */
    readonly clicks: readonly string[];
}

const hasTags = ({ tags: own }: Origin) => Object.keys(own).length > 0;

function originOf(read: (field: TouchField) => Value): Origin {
    const filled = (field: TouchField) => read(field)?.trim() || undefined;
    return {
        tags: Object.fromEntries(
            tags.flatMap((tag) => {
                const value = filled(tag);
                return value === undefined ? [] : [[tag, value]];
            }),
        ),
        clicks: clicks.flatMap((click) => clickOf(click, filled(click)) ?? []),
    };
}

/** A click id with its parameter before it: `gclid.Cj0K`. */
export function clickOf(name: string, value: Value): string | undefined {
    if (!value) return undefined;
    // The cookie says whose it is, and so does a value that somebody has stored with its name.
    if (name === 'fbc' && value.startsWith('fb.')) return value;
    const parameter = name === 'fbc' ? 'fbclid' : name;
    return new RegExp(`^${parameter}[.:=]`, 'i').test(value) ? value : `${parameter}.${value}`;
}

/** What the address of a page says of the link that led there; nothing where it is none. */
export function originOfAddress(address: Value): Origin {
    // One without a host is a path of the own site.
    const url = address ? URL.parse(address, 'https://site.invalid') : null;
    return originOf((field) => url?.searchParams.get(field));
}

/**
 * The touches that the fields of a lead tell of, as of when it came: its visit, and a click on an ad of
 * each other platform. Where the visit came from is taken as a whole from one place, the fields or else
 * the address of the page, never the source from one and the campaign from the other.
 */
export function touchRows(
    { cells: lead }: CanonicalRow,
    read: (field: TouchField) => Value,
): readonly CanonicalRow[] {
    const leadId = String(lead.lead_id);
    const at = lead.created_at;
    const page = read('landing_page');
    const [fields, link] = [originOf(read), originOfAddress(page)];
    const [click, ...others] = unique([...link.clicks, ...fields.clicks]);
    const referrer = read('referrer');
    const origin = hasTags(fields) ? fields : link;
    const { utm_source: source, utm_medium: medium } = origin.tags;
    // A campaign alone says no more than the lead does.
    if (!source && !medium && click === undefined && !referrer) return [];
    const visit = touchRow(`${leadId}:visit`, leadId, at, {
        ...origin.tags,
        click_id: click,
        landing_page: page,
        referrer,
        channel: lead.channel,
        campaign_id: lead.campaign_id,
    });
    return [
        ...others.map((one) =>
            touchRow(`${leadId}:click:${parameterOf(one)}`, leadId, at, { click_id: one }),
        ),
        visit,
    ];
}

/** One touch. */
export function touchRow(
    touchId: string,
    leadId: string,
    at: CanonicalRow['cells'][string] | undefined,
    cells: Omit<Parameters<typeof rowOf<typeof leadTouches.row>>[1], 'touch_id' | 'lead_id'>,
): CanonicalRow {
    return rowOf(leadTouches, { touch_id: touchId, lead_id: leadId, touched_at: at, ...cells });
}

const parameterOf = (click: string) => click.split('.')[0] ?? '';
const unique = (texts: readonly string[]) => [...new Set(texts)];
