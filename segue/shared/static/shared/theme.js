// Runs before the first paint, so that a chosen theme does not flash. Without it the device decides.
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");
  try {
    const theme = localStorage.getItem("segue:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage is blocked: the device decides */ }
})();
