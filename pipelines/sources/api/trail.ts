import { SourceError } from '../../errors.ts';
import type { Json } from './json.ts';

/**
 * Follows where pages lead: one that leads back to an earlier one would be asked for without end.
 * @param what is read, as messages name it
 * @returns what is told each place before it is asked for; it throws when it was told it before
 */
export function createTrail(what: string): (place: Json) => void {
    const seen = new Set<string>();
    return (place) => {
        const text = JSON.stringify(place);
        if (seen.has(text)) {
            throw new SourceError({
                what: `${what}: the pages lead in a circle.`,
                why: `${text} came as the next page a second time`,
                fix: 'run again; when it stays so, tell the support of the system',
            });
        }
        seen.add(text);
    };
}
