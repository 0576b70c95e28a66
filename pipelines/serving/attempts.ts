import { isIPv6 } from 'node:net';

const QUARTER_HOUR = 900_000;

/** Failed attempts within a quarter of an hour after which there is a wait. */
const LIMITS = { together: 5, name: 50, address: 30 };
const MOST_KEPT = 20_000;

/**
 * How often somebody tried to sign in and failed: by name and address together, so that nobody locks
 * a colleague out from elsewhere, and by each alone, so that many names or many addresses help little.
 */
export function createAttempts(now: () => number = Date.now) {
    const failures = new Map<string, { readonly count: number; readonly until: number }>();

    function waitOf(key: string, limit: number): number {
        const { count, until } = failures.get(key) ?? { count: 0, until: 0 };
        return count < limit ? 0 : Math.max(until - now(), 0);
    }

    function add(key: string, by: number): void {
        const known = failures.get(key);
        const { count, until } =
            known !== undefined && known.until > now()
                ? known
                : { count: 0, until: now() + QUARTER_HOUR };
        failures.delete(key);
        if (count + by > 0) failures.set(key, { count: count + by, until });
        const [oldest] = failures.keys();
        if (failures.size > MOST_KEPT && oldest !== undefined) failures.delete(oldest);
    }

    return {
        /**
         * Counts an attempt, which `succeeded` takes back: those that run at once count, too.
         * @returns seconds to wait, 0 where it may be tried
         */
        begin(name: string, address: string): number {
            const keys = keysOf(name, address);
            const wait = Math.max(...keys.map(([key, limit]) => waitOf(key, limit)));
            if (wait === 0) for (const [key] of keys) add(key, 1);
            return Math.ceil(wait / 1000);
        },
        /** Nobody looked at the password: it was no failure. */
        untried(name: string, address: string): void {
            for (const [key] of keysOf(name, address)) add(key, -1);
        },
        /** What failed before from the same place is forgotten. */
        succeeded(name: string, address: string): void {
            for (const [key, limit] of keysOf(name, address)) {
                if (limit === LIMITS.together) failures.delete(key);
                else add(key, -1);
            }
        },
    };
}

function keysOf(name: string, address: string): readonly (readonly [string, number])[] {
    const who = name.toLowerCase();
    const where = networkOf(address);
    return [
        [`${who}\n${where}`, LIMITS.together],
        [`name\n${who}`, LIMITS.name],
        [`address\n${where}`, LIMITS.address],
    ];
}

/** One connection of IPv6 has a whole /64 of addresses. */
function networkOf(address: string): string {
    if (!isIPv6(address)) return address;
    const [head = '', tail = ''] = address.split('::');
    const first = head.split(':').filter(Boolean);
    const last = tail.split(':').filter(Boolean);
    const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
    return [...first, ...zeros, ...last].slice(0, 4).join(':');
}
