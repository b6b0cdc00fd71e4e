// Importing Turbo starts it and puts it on window; regard.js works with what it finds there.
import "@hotwired/turbo";
