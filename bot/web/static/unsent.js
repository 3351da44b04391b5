// What a page has not stored with us yet: kept in the tab, so that a reload loses nothing.
"use strict";

class Unsent {
  // Oldest first; goes with the tab.
  constructor(name) {
    this.name = name;
    try { this.items = JSON.parse(sessionStorage.getItem(name)) || []; } catch { this.items = []; }
  }

  get first() { return this.items[0]; }

  add(item) { this.items.push(item); this.save(); }

  drop() { this.items.shift(); this.save(); }

  save() {
    try { sessionStorage.setItem(this.name, JSON.stringify(this.items)); } catch { /* kept in this page */ }
  }
}

// The same key each time a thing is sent: however often it arrives, it is one.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
