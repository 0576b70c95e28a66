import leven from 'leven';

/** The candidate a typist most likely meant, or undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
    const plain = normalise(word);
    let best: { candidate: string; distance: number } | undefined;
    for (const candidate of candidates) {
        const other = normalise(candidate);
        const contained = other.length > 2 && (other.includes(plain) || plain.includes(other));
        const distance = contained ? 1 : leven(plain, other);
        if (best === undefined || distance < best.distance) best = { candidate, distance };
    }
    const limit = Math.max(2, Math.floor(plain.length / 3));
    return best && best.distance <= limit ? best.candidate : undefined;
}

function normalise(word: string): string {
    return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
