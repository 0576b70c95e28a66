// Runs inside a page before anything of it: notes when its first number is on the screen.
(() => {
    const selectors = ['.kpi-card .value', 'td'];

    const isShown = (element) =>
        /\d/.test(element.textContent) &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

    const look = () => {
        const found = selectors.some((one) => [...document.querySelectorAll(one)].some(isShown));
        // In the frame after the one in which it is there, it has been drawn.
        requestAnimationFrame(() => {
            if (found) window.firstNumberMs = performance.now();
            else look();
        });
    };

    look();
})();
