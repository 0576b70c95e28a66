// Runs before anything is drawn: what the server rendered belongs to no filter, so an address with filters starts dimmed.
if (/[?&](period|model|person)=/.test(location.search)) {
    document.documentElement.classList.add('has-filters');
}
