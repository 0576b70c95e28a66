/** A stream of pseudo-random numbers that depends on its key alone: same key, same numbers. */
export interface Random {
    /** A number in [0, 1). */
    next(): number;
    /** A whole number from `low` to `high`, both included. */
    integer(low: number, high: number): number;
    chance(probability: number): boolean;
    pick<T>(items: readonly T[]): T;
    /** The position drawn with probability in proportion to its weight. */
    weighted(weights: readonly number[]): number;
    /** A bell-shaped number around 0, standard deviation 1, never beyond 3.5. */
    bell(): number;
    /** `length` lower-case hexadecimal digits. */
    hex(length: number): string;
}

/** Draws yes with a given probability, and leans against its own past error. */
export type Quota = (probability: number) => boolean;

/**
 * Opens the stream named by `parts`. Only integer arithmetic and exact floating-point steps are
 * used: Math.log and its kin may differ in the last bit between machines.
 */
export function createRandom(...parts: readonly (string | number)[]): Random {
    const key = parts.join('|');
    let a = hashText(key, 0x9e3779b9);
    let b = hashText(key, 0x243f6a88);
    let c = hashText(key, 0xb7e15162);
    let counter = 1;

    // sfc32 by Chris Doty-Humphrey (PractRand).
    function nextInteger(): number {
        const sum = (a + b + counter) | 0;
        counter = (counter + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = ((c << 21) | (c >>> 11)) + sum;
        return sum >>> 0;
    }
    for (let round = 0; round < 12; round += 1) nextInteger();

    const next = (): number => nextInteger() / 4294967296;
    return {
        next,
        integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
        chance: (probability) => next() < probability,
        pick: (items) => {
            const item = items[Math.floor(next() * items.length)];
            if (item === undefined) throw new RangeError('cannot pick from an empty list');
            return item;
        },
        weighted: (weights) => drawWeighted(weights, next()),
        bell: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
        hex: (length) => {
            let digits = '';
            while (digits.length < length) digits += nextInteger().toString(16).padStart(8, '0');
            return digits.slice(0, length);
        },
    };
}

/**
 * A quota keeps shares close to plan even when the company is small, so that the story also
 * holds for a fiftieth of the volume. A probability of 0 is never drawn.
 */
export function createQuota(random: Random): Quota {
    let owed = 0;
    return (probability) => {
        if (probability <= 0) return false;
        const isDrawn = random.next() < probability + owed * 0.25;
        owed += probability - (isDrawn ? 1 : 0);
        return isDrawn;
    };
}

function drawWeighted(weights: readonly number[], draw: number): number {
    let rest = draw * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights.entries()) {
        rest -= weight;
        if (rest < 0) return index;
    }
    return weights.length - 1;
}

// FNV-1a with a final mix.
function hashText(text: string, basis: number): number {
    let hash = basis | 0;
    for (let index = 0; index < text.length; index += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return hash ^ (hash >>> 13);
}
