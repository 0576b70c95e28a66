/** The candidate a typist most likely meant, or undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
    const plain = normalise(word);
    let best: { candidate: string; distance: number } | undefined;
    for (const candidate of candidates) {
        const other = normalise(candidate);
        const contained = other.length > 2 && (other.includes(plain) || plain.includes(other));
        const distance = contained ? 1 : editDistance(plain, other);
        if (best === undefined || distance < best.distance) best = { candidate, distance };
    }
    const limit = Math.max(2, Math.floor(plain.length / 3));
    return best && best.distance <= limit ? best.candidate : undefined;
}

function normalise(word: string): string {
    return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function editDistance(left: string, right: string): number {
    let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
    for (let row = 1; row <= left.length; row++) {
        const current = [row];
        for (let column = 1; column <= right.length; column++) {
            const change = left[row - 1] === right[column - 1] ? 0 : 1;
            current[column] = Math.min(
                (previous[column] ?? 0) + 1,
                (current[column - 1] ?? 0) + 1,
                (previous[column - 1] ?? 0) + change,
            );
        }
        previous = current;
    }
    return previous[right.length] ?? 0;
}
