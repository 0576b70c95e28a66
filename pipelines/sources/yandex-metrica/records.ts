import { z } from 'zod';
import { scalar } from '../api/parse-page.ts';

export const counterAnswer = z.object({
    counter: z.object({ id: scalar, name: z.string().default(''), time_zone_name: z.string() }),
});

export const evaluation = z.object({
    log_request_evaluation: z.object({
        possible: z.boolean(),
        max_possible_day_quantity: z.number().default(0),
    }),
});

export const logRequest = z.object({
    log_request: z.object({
        request_id: scalar,
        status: z.string().default('created'),
        parts: z.array(z.object({ part_number: z.int() })).optional(),
    }),
});

export const errorBody = z.object({
    errors: z.array(z.object({ error_type: z.string(), message: z.string().default('') })).min(1),
    code: z.number().optional(),
});

export const lookups = z.object({ timezone: z.string() });

/** What is asked for; a part names its columns. All texts and numbers, no lists. */
export const visitFields = [
    'ym:s:visitID',
    'ym:s:clientID',
    'ym:s:dateTime',
    'ym:s:startURL',
    'ym:s:referer',
    'ym:s:pageViews',
    'ym:s:lastTrafficSource',
    'ym:s:lastUTMSource',
    'ym:s:lastUTMMedium',
    'ym:s:lastUTMCampaign',
    'ym:s:lastUTMContent',
    'ym:s:lastUTMTerm',
    'ym:s:lastDirectClickOrder',
] as const;

export type Visit = Readonly<Record<(typeof visitFields)[number], string>>;

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', 0: '\0' };

/**
 * The visits of a part: tab-separated, with what is no text behind a backslash.
 * @returns undefined when the columns are not those that were asked for
 */
export function readPart(part: string): readonly Visit[] | undefined {
    const [names = '', ...lines] = part.replace(/\n$/, '').split('\n');
    const columns = names.replace(/\r$/, '').split('\t');
    const places = visitFields.map((field) => columns.indexOf(field));
    if (places.includes(-1)) return undefined;
    return lines.map((line) => {
        const cells = line.replace(/\r$/, '').split('\t').map(unescaped);
        const named = places.map((place, at) => [visitFields[at], cells[place] ?? '']);
        return Object.fromEntries(named) as Visit;
    });
}

function unescaped(cell: string): string {
    if (!cell.includes('\\')) return cell;
    return cell.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}
